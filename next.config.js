import createNextIntlPlugin from "next-intl/plugin";

/** Headers that hold for every answer. The content security policy carries a nonce and is made in `proxy.ts`. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/**
 * The page behind a share link is stored as gzip and sent as it is. Next.js takes the encoding off a route handler's answer and
 * packs the packed bytes again, so it is named here: on the very same requests as in `lib/server/public-response.ts`.
 */
const storedGzip = {
  source: "/f/:token",
  has: [{ type: "header", key: "accept-encoding", value: "(?:.*[,\\s])?gzip\\s*(?:,.*)?" }],
  headers: [{ key: "Content-Encoding", value: "gzip" }],
};

/** @type {import("next").NextConfig} */
const config = {
  distDir: process.env.CLAIMDESK_DIST ?? ".next",
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // The one `check` has looked at the types already.
  typescript: { ignoreBuildErrors: true },
  // Native code, or code that finds its own files at run time: loaded from node_modules as it is.
  serverExternalPackages: ["@node-rs/argon2", "linkedom", "mammoth", "pg", "undici"],
  agentRules: false,
  devIndicators: false,
  async headers() {
    return [
      { source: "/:path*", headers },
      // Not even a page of our own learns the address of a share link. Where two match, the later one holds.
      { source: "/f/:path*", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
      storedGzip,
    ];
  },
};

export default createNextIntlPlugin("./lib/server/i18n.ts")(config);
