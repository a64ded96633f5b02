/** What of a column says where it stands. */
export type GridTrack = {
  /** One track of a grid template: "64px", "minmax(200px,1fr)". */
  readonly width: string;
  /** The table's width in pixels from which the column is shown; always without it. */
  readonly from?: number;
};

/**
 * The style sheet of one table: head and rows share the class `name`, the cell of column i has the class `name-i`.
 * Columns leave as the table itself narrows, by container query, in the order their `from` says.
 */
export function gridLayoutCss(name: string, tracks: readonly GridTrack[]): string {
  const steps = [...new Set(tracks.map((track) => track.from ?? 0))].toSorted((a, b) => a - b);
  return steps
    .map((step) => {
      const template = tracks
        .filter((track) => (track.from ?? 0) <= step)
        .map((track) => track.width)
        .join(" ");
      const shown = tracks.flatMap((track, i) =>
        step > 0 && track.from === step ? [`.${name}-${i}{display:block}`] : [],
      );
      const later = step === 0 ? tracks.flatMap((track, i) => (track.from ? [`.${name}-${i}{display:none}`] : [])) : [];
      const rules = `.${name}{grid-template-columns:${template}}${later.join("")}${shown.join("")}`;
      return step === 0 ? rules : `@container (min-width:${step}px){${rules}}`;
    })
    .join("\n");
}
