"use client";
import { useEffect, useId, useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { type Problem, problemOf } from "@/lib/problem";

type Props = {
  text: string;
  label: string;
  /** What a node leads to, by its id; not every node leads somewhere. */
  onOpen: (node: string) => void;
  /** Called when there is a new drawing, with its size. */
  onDrawn: (size: { readonly width: number; readonly height: number }) => void;
};

/**
 * Draws mermaid text in the console's own tokens. Mermaid cannot read `var()` or `oklch()` as theme variables, so its theme stays bare and the
 * style sheet colours the SVG. Its code is loaded with the first drawing.
 */
export function Diagram({ text, label, onOpen, onDrawn }: Props) {
  const id = useId().replaceAll(/\W/g, "");
  const [svg, setSvg] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    let isWanted = true;
    draw(`d${id}`, text).then(
      (drawn) => {
        if (!isWanted) return;
        setSvg(drawn.svg);
        setProblem(undefined);
        onDrawn(drawn);
      },
      (error: unknown) => {
        if (isWanted) setProblem({ ...problemOf(error), title: "The topology could not be drawn" });
      },
    );
    return () => {
      isWanted = false;
    };
    // A drawing is of its text; who is told of it may be another at each draw.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id, text]);
  if (problem && svg === undefined)
    return (
      <div className="w-100">
        <ProblemNote problem={problem} />
      </div>
    );
  return (
    // The table is the way by keyboard; a press on the drawing is a short cut.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <div
      role="img"
      aria-label={label}
      aria-busy={svg === undefined}
      className="diagram"
      onClick={(event) => {
        const node = event.target instanceof Element ? event.target.closest(".node")?.id : undefined;
        const own = node === undefined ? undefined : /flowchart-(n\d+)-/.exec(node)?.[1];
        if (own !== undefined) onOpen(own);
      }}
      // Made by mermaid, which strips what is no drawing (securityLevel strict).
      dangerouslySetInnerHTML={{ __html: svg ?? "" }}
    />
  );
}

async function draw(id: string, text: string): Promise<{ svg: string; width: number; height: number }> {
  const [{ default: mermaid }, { default: layouts }] = await Promise.all([
    import("mermaid"),
    import("@mermaid-js/layout-elk"),
  ]);
  mermaid.registerLayoutLoaders(layouts);
  mermaid.initialize({
    look: "classic",
    layout: "elk",
    elk: { mergeEdges: false, nodePlacementStrategy: "BRANDES_KOEPF" },
    startOnLoad: false,
    suppressErrorRendering: true,
    securityLevel: "strict",
    theme: "base",
    fontFamily: "inherit",
    maxEdges: 2_000,
    themeVariables: { fontSize: "13px" },
    // Fonts must be here and not in the style sheet: mermaid measures each label before it draws the box.
    themeCSS: ".topic text { font-family: var(--font-geist-mono), monospace; font-size: 12px; }",
    htmlLabels: false,
    flowchart: {
      htmlLabels: false,
      wrappingWidth: 400,
      curve: "bumpX",
      nodeSpacing: 26,
      rankSpacing: 44,
      padding: 10,
      useMaxWidth: false,
    },
  });
  const { svg } = await mermaid.render(id, text);
  const box = /viewBox="[\d.e-]+ [\d.e-]+ ([\d.]+) ([\d.]+)"/.exec(svg);
  return { svg, width: Number(box?.[1] ?? 0), height: Number(box?.[2] ?? 0) };
}
