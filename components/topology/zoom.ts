/** Where a drawing lies: `scale` 1 is its own size, x and y move it, in pixels of the window. */
export type View = { readonly scale: number; readonly x: number; readonly y: number };

type Size = { readonly width: number; readonly height: number };

const scaleMin = 0.2;
const scaleMax = 3;

/** One press of a zoom button. */
export const zoomStep = 1.25;

/** The whole drawing in the middle, never larger than it is. */
export function fitted(drawing: Size, room: Size): View {
  if (drawing.width === 0 || drawing.height === 0) return { scale: 1, x: 0, y: 0 };
  const scale = Math.max(scaleMin, Math.min(1, room.width / drawing.width, room.height / drawing.height));
  return { scale, x: (room.width - drawing.width * scale) / 2, y: (room.height - drawing.height * scale) / 2 };
}

/** Zooms by a factor around a point of the window, which keeps its place in the drawing. */
export function zoomed({ scale, x, y }: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const next = Math.min(scaleMax, Math.max(scaleMin, scale * factor));
  const ratio = next / scale;
  return { scale: next, x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio };
}
