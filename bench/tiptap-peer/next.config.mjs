/** The peer of a claim on the text: the same document in a plain Tiptap editor, in which a claim is a mark. Built and run by `bench/workspace.ts`. */
/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
};
