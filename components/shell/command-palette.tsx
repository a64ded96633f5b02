"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Layers, Search, SquareTerminal, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { groupHealth } from "@/components/groups/group-words";
import { places } from "@/components/shell/nav";
import { useKeyLabels, useShortcutList } from "@/components/shell/shortcuts";
import { Kbd } from "@/components/ui/kbd";
import { StatusMark } from "@/components/ui/status";
import { healthOf } from "@/components/topics/topic-health";
import { formatCount } from "@/lib/format";
import { rankNames } from "@/lib/rank-names";
import { groupList } from "@/lib/queries/groups";
import { topicList } from "@/lib/queries/topics";
import { groupPath, topicPath } from "@/lib/url";

type Props = { cluster: string; open: boolean; onOpenChange: (open: boolean) => void };

/** ⌘K: topics, consumer groups, what can be done here, and places. ">" leaves commands only. */
export function CommandPalette({ cluster, open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-1/8 z-50 mx-auto max-w-155 animate-pop overflow-hidden rounded-xl bg-raised shadow-pop"
        >
          <Dialog.Title className="sr-only">Search or run a command</Dialog.Title>
          <PaletteBody cluster={cluster} onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ cluster, onDone }: { cluster: string; onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const inNewTab = useRef(false);
  const router = useRouter();
  const shortcuts = useShortcutList();
  const [commands] = useState(() => shortcuts().filter((entry) => entry.shortcut.command));
  const { data } = useQuery(topicList(cluster));
  const groupData = useQuery(groupList(cluster)).data;
  const isCommandsOnly = typed.startsWith(">");
  const wanted = (isCommandsOnly ? typed.slice(1) : typed).trim();
  const topics = isCommandsOnly
    ? []
    : rankNames(wanted, data?.topics ?? [], (topic) => topic.name, wanted === "" ? 5 : 8);
  const groups = isCommandsOnly
    ? []
    : rankNames(wanted, groupData?.groups ?? [], (group) => group.groupId, wanted === "" ? 3 : 6);
  const shownCommands = rankNames(wanted, commands, (entry) => entry.shortcut.label, 20);
  const shownPlaces = isCommandsOnly ? [] : rankNames(wanted, places, (place) => place.label, 20);

  // What is found comes bit by bit: the first of it is chosen until the person chooses.
  const first = firstOf({ topics, groups, commands: shownCommands, places: shownPlaces });
  const [chosen, setChosen] = useState(first);
  const [firstBefore, setFirstBefore] = useState(first);
  if (first !== firstBefore) {
    setFirstBefore(first);
    setChosen(first);
  }

  const go = (href: string) => {
    onDone();
    if (inNewTab.current) open(href, "_blank", "noopener");
    else router.push(href);
  };
  return (
    <Command
      loop
      shouldFilter={false}
      value={chosen}
      onValueChange={setChosen}
      label="Search or run a command"
      onKeyDownCapture={(event) => {
        if (event.key === "Enter") inNewTab.current = event.shiftKey;
      }}
    >
      <div className="flex h-12 items-center gap-3 border-b px-4">
        <Search className="size-4 text-ink-faint" />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="Search topics and groups, or run a command…"
          className="min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-faint"
        />
        <Kbd>esc</Kbd>
      </div>
      <Command.List className="max-h-105 scroll-thin overflow-auto p-1.5">
        <Command.Empty className="px-3 py-10 text-center text-ink-muted">
          Nothing matches. Try a topic&apos;s or a group&apos;s name, or a verb such as “create”.
        </Command.Empty>
        <Group heading="Topics">
          {topics.map((topic) => (
            <Item
              key={topic.name}
              value={`topic ${topic.name}`}
              icon={<Layers />}
              hint={
                <>
                  {healthOf(topic).kind !== "ok" && <StatusMark kind={healthOf(topic).kind} className="size-2.5" />}
                  {topic.messages !== null && `${formatCount(topic.messages)} messages`}
                </>
              }
              onSelect={() => go(topicPath(cluster, topic.name))}
            >
              <span className="font-mono text-mono">{topic.name}</span>
            </Item>
          ))}
        </Group>
        <Group heading="Consumer groups">
          {groups.map((group) => {
            const { kind } = groupHealth(group, groupData?.readAtMs ?? 0);
            return (
              <Item
                key={group.groupId}
                value={`group ${group.groupId}`}
                icon={<Users />}
                hint={
                  <>
                    {kind !== "ok" && <StatusMark kind={kind} className="size-2.5" />}
                    {group.lagMessages !== null && `${formatCount(group.lagMessages)} behind`}
                  </>
                }
                onSelect={() => go(groupPath(cluster, group.groupId))}
              >
                <span className="font-mono text-mono">{group.groupId}</span>
              </Item>
            );
          })}
        </Group>
        <Group heading="Actions">
          {shownCommands.map(({ shortcut, run }) => (
            <Item
              key={shortcut.keys}
              value={`run ${shortcut.label}`}
              icon={<SquareTerminal />}
              keys={shortcut.keys}
              onSelect={() => {
                onDone();
                // The palette gives the focus back first, then the command may take it.
                setTimeout(run);
              }}
            >
              {shortcut.label}
            </Item>
          ))}
        </Group>
        <Group heading="Go to">
          {shownPlaces.map((place) => (
            <Item
              key={place.label}
              value={`go ${place.label}`}
              icon={<place.icon />}
              keys={place.keys}
              onSelect={() => go(place.href(cluster))}
            >
              {place.label}
            </Item>
          ))}
        </Group>
      </Command.List>
      <PaletteKeys />
    </Command>
  );
}

type Found = {
  readonly topics: readonly { readonly name: string }[];
  readonly groups: readonly { readonly groupId: string }[];
  readonly commands: readonly { readonly shortcut: { readonly label: string } }[];
  readonly places: readonly { readonly label: string }[];
};

/** The value of the first item that is shown. */
function firstOf({ topics: [topic], groups: [group], commands: [command], places: [place] }: Found): string {
  if (topic) return `topic ${topic.name}`;
  if (group) return `group ${group.groupId}`;
  if (command) return `run ${command.shortcut.label}`;
  return place ? `go ${place.label}` : "";
}

function Group({ heading, children }: { heading: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2.5 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-2xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = {
  value: string;
  icon: ReactNode;
  hint?: ReactNode;
  keys?: string;
  onSelect: () => void;
  children: ReactNode;
};

function Item({ value, icon, hint, keys, onSelect, children }: ItemProps) {
  const keyLabels = useKeyLabels();
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-press [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-faint"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate text-ink">{children}</span>
      {hint && <span className="flex items-center gap-2 text-xs text-ink-muted tabular-nums">{hint}</span>}
      {keys && keyLabels(keys).map((key) => <Kbd key={key}>{key}</Kbd>)}
    </Command.Item>
  );
}

function PaletteKeys() {
  return (
    <div className="flex h-9 items-center gap-4 border-t bg-sunken px-4 text-2xs text-ink-faint">
      <span className="flex items-center gap-1.5">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> move
      </span>
      <span className="flex items-center gap-1.5">
        <Kbd>↵</Kbd> open
      </span>
      <span className="flex items-center gap-1.5">
        <Kbd>⇧ ↵</Kbd> open in a new tab
      </span>
      <span className="ml-auto flex items-center gap-1.5">
        type <Kbd>&gt;</Kbd> for commands only
      </span>
    </div>
  );
}
