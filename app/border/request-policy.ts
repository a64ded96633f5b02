/** What the policy looks at in a request. */
export type RequestFacts = {
  readonly method: string;
  readonly path: string;
  readonly header: (name: string) => string | null;
};

/** Why a request is not let in; the text is for the person at the browser. */
export type Refusal = { readonly status: 403 | 421; readonly text: string };

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets a request in, or says why not. The Host header must be one of the console's own names, so that no foreign name can be pointed at it
 * (DNS rebinding); whatever may change something, and everything under /api, must come from the console's own pages.
 */
export function refusalOfRequest(request: RequestFacts, allowedHosts: readonly string[]): Refusal | undefined {
  const host = request.header("host") ?? "";
  const name = hostName(host);
  if (name === undefined || !allowedHosts.some((allowed) => allowed.toLowerCase() === name)) {
    const names = allowedHosts.join(", ");
    return {
      status: 421,
      text: `This console answers to: ${names}. It was asked for as "${name ?? host}". Start it with --host to give it another name.`,
    };
  }
  const isReading = READING.has(request.method);
  const origin = request.header("origin");
  if (!isReading && !isSameOrigin(origin, host)) return fromElsewhere;
  if (isReading && request.path.startsWith("/api/")) {
    // Browsers send no Origin with a GET to the own origin, but say where it came from.
    const site = request.header("sec-fetch-site");
    const isOwn = site === null || site === "same-origin" || site === "none";
    if (!isOwn || (origin !== null && !isSameOrigin(origin, host))) return fromElsewhere;
  }
  return undefined;
}

const fromElsewhere: Refusal = {
  status: 403,
  text: "This request does not come from a page of this console, so it was refused.",
};

/** The name in a Host header without its port, in lower case; an IPv6 address keeps its brackets. */
function hostName(host: string): string | undefined {
  return /^(\[[0-9a-f:.%]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
}

function isSameOrigin(origin: string | null, host: string): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return (url.protocol === "http:" || url.protocol === "https:") && url.host.toLowerCase() === host.toLowerCase();
}

/** The Content-Security-Policy of a page. `nonce` is what its scripts carry; development evaluates code to replace modules. */
export function contentSecurityPolicy(nonce: string, { isDevelopment }: { readonly isDevelopment: boolean }): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Diagrams and virtual rows carry style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}
