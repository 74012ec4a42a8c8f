/** The peer of the public page: the same content, as Next.js itself would prerender and send it. Built and run by `bench/public-page.ts`. */
/** @type {import("next").NextConfig} */
export default { poweredByHeader: false, typescript: { ignoreBuildErrors: true }, agentRules: false };
