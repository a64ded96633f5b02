/** The fields of a request's JSON body. A body that is no JSON object has none: the contract says what is missing. */
export async function bodyOf(request: Request): Promise<object> {
  const body: unknown = await request.json().catch(() => undefined);
  return typeof body === "object" && body !== null ? body : {};
}
