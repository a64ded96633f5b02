/** "/var/lib/kafka/disk-2" → "…/disk-2": the end is what tells the log directories of a broker apart. */
export function pathEnd(path: string): string {
  const at = path.lastIndexOf("/");
  return at > 0 ? `…${path.slice(at)}` : path;
}
