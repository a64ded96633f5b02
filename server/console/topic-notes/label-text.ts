const SEPARATOR = ", ";

/** Labels as the journal writes them; null is none. No label has a comma. */
export function labelText(labels: readonly string[]): string | null {
  return labels.length === 0 ? null : labels.join(SEPARATOR);
}

/** The labels of such a text. */
export function labelsOf(text: string | null | undefined): string[] {
  return (text ?? "").split(SEPARATOR).filter((label) => label !== "");
}
