"use client";
import { useQuery } from "@tanstack/react-query";
import { CornerDownLeft, Search, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { CompletionList } from "@/components/search/completion-list";
import { ExpressionText } from "@/components/search/expression-text";
import { TestLine } from "@/components/search/test-line";
import { useSettled } from "@/components/search/use-settled";
import type { SearchModel } from "@/components/search/use-search";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { searchTest, topicFields } from "@/lib/queries/search";
import { completionAt } from "@/lib/search/complete";
import { beginFrom, draftAt, draftOf, writeOver } from "@/lib/search/draft";
import { guessLanguage, type SearchLanguage } from "@/lib/search/language";

const TEST_AFTER_MS = 350;

/** Where a search is written: text or an expression, with its colours, completion from real fields, and a test on the newest records. */
export function SearchField({ search }: { search: SearchModel }) {
  const { cluster, topic, typed } = search;
  const [kept, setDraft] = useState(draftOf(typed.text));
  const [chosenLanguage, setChosenLanguage] = useState<SearchLanguage>();
  const [isFocused, setFocused] = useState(false);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [closedAt, setClosedAt] = useState<string>();
  const [begun, setBegun] = useState<string>();
  const [scroll, setScroll] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  useShortcut({ keys: "/", label: "Search the messages", group: "Messages", command: true }, () =>
    input.current?.focus(),
  );

  const draft = draftAt(kept, typed.text);
  if (draft !== kept) setDraft(draft);
  const { text } = draft;
  const language = chosenLanguage ?? (text === typed.text ? typed.language : guessLanguage(text));
  const settled = useSettled(text, TEST_AFTER_MS);
  const fields = useQuery({ ...topicFields(cluster, topic), enabled: isFocused });
  const isTested = isFocused && settled.trim() !== "" && settled === text;
  const test = useQuery({ ...searchTest(cluster, search.queryOf({ text: settled, language })), enabled: isTested });
  // What is shown until the answer comes is of another text.
  const isOfText = settled === text && !test.isPlaceholderData;
  const fault = language === "cel" && isOfText ? (test.data?.fault ?? null) : null;
  const completion =
    isFocused && closedAt !== text && begun !== text && language === "cel"
      ? completionAt(text, caret, fields.data?.fields ?? [])
      : undefined;
  const items = completion?.items ?? [];

  const write = (next: string, at: number) => {
    setDraft(writeOver(draft, next, search.isStarting));
    setCaret(at);
    setActive(0);
  };
  const take = (path: string) => {
    if (completion === undefined) return;
    const next = text.slice(0, completion.from) + path + text.slice(completion.to);
    const at = completion.from + path.length;
    write(next, at);
    setClosedAt(next);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  const begin = () => {
    if (text.trim() === "") search.clear();
    else {
      search.begin({ text: text.trim(), language });
      setDraft(beginFrom(draft, text.trim()));
    }
    setBegun(text);
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const item = items[active];
    if (event.key === "Enter" && !event.nativeEvent.isComposing) begin();
    else if (event.key === "Tab" && !event.shiftKey && item) take(item.path);
    else if (event.key === "ArrowDown" && item) setActive((active + 1) % items.length);
    else if (event.key === "ArrowUp" && item) setActive((active + items.length - 1) % items.length);
    else if (event.key === "Escape") {
      if (item) setClosedAt(text);
      else input.current?.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div role="search" aria-label="Search" className="relative min-w-60 flex-1">
      <span className="flex h-7 items-center gap-2 rounded-md bg-field pr-1 pl-2 text-ink-faint shadow-button focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent [&_svg]:size-3.5 [&_svg]:shrink-0">
        <Search aria-hidden="true" />
        <span className="relative h-full min-w-0 flex-1 overflow-hidden font-mono text-mono">
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 left-0 flex items-center whitespace-pre"
            style={{ transform: `translateX(${-scroll}px)` }}
          >
            <span>
              <ExpressionText text={text} language={language} fault={fault} />
            </span>
          </span>
          <input
            ref={input}
            role="combobox"
            aria-label="Search the messages"
            aria-expanded={items.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={items.length > 0 ? `${listId}-${active}` : undefined}
            aria-invalid={fault !== null}
            className="relative size-full bg-transparent font-mono text-mono text-transparent caret-ink outline-none selection:bg-accent-soft placeholder:font-sans placeholder:text-sm placeholder:text-ink-faint"
            placeholder={`Words, "a phrase", or value.field == "x"`}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={4_000}
            value={text}
            onChange={(event) => write(event.target.value, event.target.selectionStart ?? event.target.value.length)}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
            onKeyDown={onKeyDown}
          />
        </span>
        {text !== "" && (
          <Tooltip label={language === "cel" ? "Read as a CEL expression" : "Read as plain text"}>
            <Button
              variant="ghost"
              size="sm"
              className="h-5 px-1.5 text-2xs"
              onClick={() => setChosenLanguage(language === "cel" ? "text" : "cel")}
            >
              {language === "cel" ? "CEL" : "Text"}
            </Button>
          </Tooltip>
        )}
        {text !== "" ? (
          <>
            <Button
              variant="ghost"
              size="icon-sm"
              className="size-5"
              aria-label="Clear the search"
              onClick={() => {
                write("", 0);
                setChosenLanguage(undefined);
                search.clear();
              }}
            >
              <X />
            </Button>
            <Button
              variant="ghost"
              size="icon-sm"
              className="size-5"
              aria-label="Search"
              disabled={search.isStarting}
              onClick={begin}
            >
              <CornerDownLeft />
            </Button>
          </>
        ) : (
          <Kbd>/</Kbd>
        )}
      </span>
      {isFocused && text.trim() !== "" && begun !== text && (
        <div className="absolute inset-x-0 top-full z-30 mt-1 overflow-hidden rounded-lg bg-raised text-sm shadow-pop">
          <CompletionList
            id={listId}
            items={items}
            active={active}
            typed={completion ? text.slice(completion.from, completion.to) : ""}
            onTake={take}
          />
          <TestLine
            test={isTested ? test.data : undefined}
            error={test.error}
            fieldsRead={fields.data?.records}
            hasItems={items.length > 0}
          />
        </div>
      )}
    </div>
  );
}
