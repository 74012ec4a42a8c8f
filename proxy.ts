/**
 * Runs before every page: writes the content security policy with a fresh nonce, and tells the page its own address.
 * Never decides who may see what: that is the use case's part, through `lib/domain/policy.ts`.
 */
import { type NextRequest, NextResponse } from "next/server";
import { pathHeader } from "@/lib/server/page-path";

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  // Next.js finds the nonce for its own scripts in this request header.
  headers.set("Content-Security-Policy", policy);
  headers.set(pathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  // The development server evaluates code to reload it, and talks over a socket.
  const developing = process.env.NODE_ENV === "development";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    // Positions and widths of the interface are style attributes, which a nonce cannot cover.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join("; ");
}

export const config = {
  // Everything but the API (uploads among it, which a proxy would cut), the framework's files, and the public page.
  matcher: ["/((?!api/|f/|_next/|icon|favicon|robots.txt|fonts/).*)"],
};
