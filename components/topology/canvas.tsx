"use client";
import { Maximize, Minus, Plus } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { fitted, type View, zoomed, zoomStep } from "@/components/topology/zoom";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

type Size = { readonly width: number; readonly height: number };

type Props = {
  /** Of the drawing; undefined until there is one. */
  size: Size | undefined;
  children: ReactNode;
};

/** Room for a drawing: drag to move, pinch or Ctrl and wheel to zoom, buttons for both. */
export function Canvas({ size, children }: Props) {
  const room = useRef<HTMLDivElement>(null);
  const [roomSize, setRoomSize] = useState<Size>({ width: 0, height: 0 });
  /** Where the person has put it; it fits the room until then. */
  const [chosen, setChosen] = useState<View>();
  const [isDragging, setDragging] = useState(false);
  const moved = useRef(0);
  const view = chosen ?? fitted(size ?? { width: 0, height: 0 }, roomSize);

  const change = (next: (before: View) => View) => setChosen((before) => next(before ?? view));
  const fit = () => setChosen(undefined);
  const zoom = (factor: number) =>
    change((before) => zoomed(before, factor, { x: roomSize.width / 2, y: roomSize.height / 2 }));
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const box = room.current?.getBoundingClientRect();
    if (!box) return;
    if (event.ctrlKey || event.metaKey) {
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      change((before) => zoomed(before, Math.exp(-event.deltaY / 300), at));
    } else change((before) => ({ ...before, x: before.x - event.deltaX, y: before.y - event.deltaY }));
  });

  useEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    // React's own wheel listener is passive: it could not keep the page from zooming.
    const listener = (event: WheelEvent) => onWheel(event);
    element.addEventListener("wheel", listener, { passive: false });
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRoomSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => {
      element.removeEventListener("wheel", listener);
      observer.disconnect();
    };
  }, []);

  useShortcut({ keys: "+", label: "Zoom in", group: "This page" }, () => zoom(zoomStep));
  useShortcut({ keys: "-", label: "Zoom out", group: "This page" }, () => zoom(1 / zoomStep));
  useShortcut({ keys: "0", label: "Fit to the page", group: "This page" }, fit);

  return (
    <div className="relative min-h-0 flex-1 overflow-hidden">
      <div
        ref={room}
        className={cn("absolute inset-0 touch-none", isDragging ? "cursor-grabbing" : "cursor-grab")}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          moved.current = 0;
          setDragging(true);
        }}
        onPointerMove={(event) => {
          if (!isDragging || event.buttons === 0) return;
          moved.current += Math.abs(event.movementX) + Math.abs(event.movementY);
          // Only a drag takes the pointer: a press stays one of the node below.
          if (moved.current > 4) event.currentTarget.setPointerCapture(event.pointerId);
          change((before) => ({ ...before, x: before.x + event.movementX, y: before.y + event.movementY }));
        }}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onClickCapture={(event) => {
          if (moved.current > 4) event.stopPropagation();
        }}
      >
        <div
          className="absolute top-0 left-0 origin-top-left"
          style={{
            transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
            visibility: size ? undefined : "hidden",
          }}
        >
          {children}
        </div>
      </div>
      <div className="absolute right-6 bottom-3 flex items-center gap-0.5 rounded-lg bg-raised p-0.5 shadow-button">
        <Button variant="ghost" size="icon-sm" aria-label="Zoom out" onClick={() => zoom(1 / zoomStep)}>
          <Minus />
        </Button>
        <span className="w-11 text-center text-xs text-ink-muted tabular-nums">{Math.round(view.scale * 100)}%</span>
        <Button variant="ghost" size="icon-sm" aria-label="Zoom in" onClick={() => zoom(zoomStep)}>
          <Plus />
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label="Fit to the page" onClick={fit}>
          <Maximize />
        </Button>
      </div>
    </div>
  );
}
