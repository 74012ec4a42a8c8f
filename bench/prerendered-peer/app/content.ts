/** The public page that the bench made, without its script: what the peer's pages show. */
import { readFileSync } from "node:fs";

const html = readFileSync(/* turbopackIgnore: true */ process.env.BENCH_PAGE ?? "", "utf8");
const between = (from: string, to: string) => html.slice(html.indexOf(from) + from.length, html.lastIndexOf(to));

export const style = between("<style>", "</style>");
export const body = between("<body>", "<script>");
