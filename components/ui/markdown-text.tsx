"use client";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

/** Looks of what Markdown has; headings begin below those of the page. */
const looks: Components = {
  h1: ({ children }) => <h2 className="mt-6 mb-2 text-base font-semibold tracking-tight first:mt-0">{children}</h2>,
  h2: ({ children }) => <h3 className="mt-5 mb-1.5 font-semibold first:mt-0">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-4 mb-1 font-medium first:mt-0">{children}</h4>,
  p: ({ children }) => <p className="my-2">{children}</p>,
  ul: ({ children }) => <ul className="my-2 list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="my-2 list-decimal space-y-1 pl-5">{children}</ol>,
  blockquote: ({ children }) => <blockquote className="my-3 border-l-2 pl-3 text-ink-muted">{children}</blockquote>,
  code: ({ children }) => <code className="font-mono text-mono">{children}</code>,
  pre: ({ children }) => (
    <pre className="my-3 scroll-thin overflow-auto rounded-md bg-tray px-3 py-2 shadow-hairline">{children}</pre>
  ),
  table: ({ children }) => <table className="my-3 text-sm">{children}</table>,
  th: ({ children }) => <th className="border-b px-3 py-1 text-left font-medium">{children}</th>,
  td: ({ children }) => <td className="border-b px-3 py-1">{children}</td>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2">
      {children}
    </a>
  ),
  // An image would tell its server who looks at the topic.
  img: ({ alt }) => <span className="text-ink-muted">[{alt}]</span>,
};

/** Markdown that somebody else wrote, drawn as elements: HTML in it is text, links have only safe protocols, images stay words. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="max-w-180 leading-6 wrap-anywhere">
      <Markdown remarkPlugins={[remarkGfm]} components={looks}>
        {text}
      </Markdown>
    </div>
  );
}
