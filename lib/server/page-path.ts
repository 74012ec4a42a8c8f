/** The request header by which `proxy.ts` tells a page its own address, which the framework does not. Proves nothing. */
export const pathHeader = "x-claimdesk-path";
