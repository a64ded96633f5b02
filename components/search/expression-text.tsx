import { cn } from "@/lib/cn";
import { celTokens, type CelTokenKind } from "@/lib/search/cel-tokens";
import type { SearchLanguage } from "@/lib/search/language";

const tones: Readonly<Record<CelTokenKind, string>> = {
  space: "",
  name: "text-ink",
  member: "text-ink",
  number: "text-code-number",
  text: "text-code-string",
  atom: "text-code-atom",
  operator: "text-code-atom",
  broken: "text-bad",
};

type Fault = { readonly start: number; readonly end: number };
type Props = { text: string; language: SearchLanguage; fault?: Fault | null };

/** An expression in its colours, with a wavy line where it is wrong. */
export function ExpressionText({ text, language, fault = null }: Props) {
  if (language === "text") return <span className="text-ink">{text}</span>;
  const isWrong = ({ start, end }: Fault) => fault !== null && start < fault.end && end > fault.start;
  return (
    <>
      {celTokens(text).map((token) => (
        <span
          key={token.start}
          className={cn(tones[token.kind], isWrong(token) && "underline decoration-bad-mark decoration-wavy")}
        >
          {text.slice(token.start, token.end)}
        </span>
      ))}
      {fault !== null && fault.start >= text.length && (
        <span className="underline decoration-bad-mark decoration-wavy">&nbsp;</span>
      )}
    </>
  );
}
