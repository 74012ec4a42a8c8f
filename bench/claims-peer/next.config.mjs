/**
 * The product's route for the claims of an article beside the same two endpoints written plainly, in one build: whatever the framework
 * and the door of the API cost, both pay. Built and run by `bench/claim-write.ts` and `bench/claims-read.ts`.
 */
/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  serverExternalPackages: ["pg"],
};
