/** The content as one string: the least that Next.js can be made to send twice. */
import { body, style } from "../content";

export default function Page() {
  return (
    <>
      <style>{style}</style>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own page, made for this measure */}
      <div dangerouslySetInnerHTML={{ __html: body }} />
    </>
  );
}
