function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min((row[j - 1] ?? 0) + 1, (before[j] ?? 0) + 1, (before[j - 1] ?? 0) + change));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}

/** The name that comes nearest to what was typed, whole or in one of its words; undefined when none is near. */
export function nearSpelling(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const words = [name, ...name.split(/[._-]+/)];
    const nearest = Math.min(...words.map((word) => distance(wanted, word.toLowerCase())));
    if (best === undefined || nearest < best.distance) best = { name, distance: nearest };
  }
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 3)) ? best.name : undefined;
}
