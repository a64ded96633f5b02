import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, refusalOfRequest } from "@/app/border/request-policy";
import { consoleOptions } from "@/server/console/console-options";

/** The border's first gate: every request but for static files passes here, before any page, route handler or server action. */
export function proxy(request: NextRequest): NextResponse {
  const path = request.nextUrl.pathname;
  const { method, headers } = request;
  const refusal = refusalOfRequest(
    { method, path, header: (name) => headers.get(name) },
    consoleOptions().allowedHosts,
  );
  if (refusal) {
    const plain = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
    return protect(new NextResponse(`${refusal.text}\n`, { status: refusal.status, headers: plain }));
  }
  // Route handlers say themselves how they may be kept; what is set here would overrule them.
  if (path.startsWith("/api/")) return protect(NextResponse.next());
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentSecurityPolicy(nonce, { isDevelopment: process.env.NODE_ENV === "development" });
  const forwarded = new Headers(headers);
  forwarded.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from the policy in the request.
  forwarded.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set("content-security-policy", policy);
  return protect(response);
}

function protect(response: NextResponse): NextResponse {
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  return response;
}

export const config = { matcher: ["/((?!_next/static/).*)"] };
