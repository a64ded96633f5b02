"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, Search, X } from "lucide-react";
import { useQueryStates } from "nuqs";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { ProducersTable } from "@/components/transactions/producers-table";
import { TransactionsTable } from "@/components/transactions/transactions-table";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { PageFooter } from "@/components/ui/page-footer";
import { Segments } from "@/components/ui/segments";
import { StatusMark } from "@/components/ui/status";
import { listTransactionsCommand } from "@/lib/cli/operations";
import type { TransactionList } from "@/lib/contracts/operations";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { transactionList } from "@/lib/queries/operations";
import { transactionState } from "@/lib/operate-url";

const choices = [
  { value: "transactions", label: "Transactions" },
  { value: "producers", label: "Producers" },
] as const;

/** Transactions with their states, the producers that partitions remember, and what hangs. */
export function TransactionsView() {
  const [{ topic }] = useQueryStates(transactionState);
  const query = useQuery(transactionList(useCluster(), topic));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  return (
    <>
      <Topbar crumbs={[{ label: "Transactions" }]}>
        <CopyLinkButton />
        <CopyCommandButton command={listTransactionsCommand(useBootstrap())} />
      </Topbar>
      {query.data ? (
        <>
          <StaleBanner query={query} readAtMs={query.data.readAtMs} />
          <PartialProblems problems={query.data.problems} />
          <Transactions list={query.data} />
        </>
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <TableSkeleton />
      )}
    </>
  );
}

function Transactions({ list }: { list: TransactionList }) {
  const [{ q, show, topic }, setState] = useQueryStates(transactionState);
  const wanted = q.toLowerCase();
  const transactions = list.transactions.filter(({ transactionalId, state, producerId }) =>
    `${transactionalId} ${state} ${producerId}`.toLowerCase().includes(wanted),
  );
  const producers = list.producers.filter((one) =>
    `${one.topic}-${one.partition} ${one.producerId} ${one.transactionalId ?? ""}`.toLowerCase().includes(wanted),
  );
  const open = list.transactions.filter(({ state }) => state === "Ongoing").length;
  const hanging = list.producers.filter((one) => one.hanging !== null).length;
  const rows = show === "transactions" ? transactions.length : producers.length;
  return (
    <section aria-label="Transactions" className="flex min-h-0 flex-1 flex-col">
      {hanging > 0 && (
        <p className="flex shrink-0 items-center gap-2.5 border-b px-6 py-2.5">
          <StatusMark kind="bad" />
          {formatNumberOf(hanging, "transaction")} {hanging === 1 ? "hangs" : "hang"}: nobody will end{" "}
          {hanging === 1 ? "it" : "them"}, and readers with isolation.level=read_committed wait there.
          {show === "transactions" && (
            <Button size="sm" onClick={() => void setState({ show: "producers", q: null })}>
              Show
            </Button>
          )}
        </p>
      )}
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Segments
          label="What is shown"
          options={choices}
          value={show}
          onChoose={(chosen) => void setState({ show: chosen })}
        />
        <Input
          icon={<Search />}
          placeholder={show === "transactions" ? "Transactional id or state" : "Partition, id or producer"}
          aria-label="Filter"
          className="w-64"
          value={q}
          onChange={(event) => void setState({ q: event.target.value || null })}
        />
        {topic !== null && (
          <Button
            size="sm"
            aria-label={`Show producers of all topics, not only ${topic}`}
            onClick={() => void setState({ topic: null })}
          >
            <span className="font-mono">{topic}</span>
            <X />
          </Button>
        )}
      </div>
      {rows === 0 ? (
        <div className="flex min-h-0 flex-1 border-t">
          <Nothing
            isFiltered={q !== "" && (show === "producers" || list.untold === null)}
            show={show}
            untold={list.untold}
            onShowProducers={() => void setState({ show: "producers", q: null })}
          />
        </div>
      ) : show === "transactions" ? (
        <TransactionsTable transactions={transactions} />
      ) : (
        <ProducersTable producers={producers} />
      )}
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {list.untold === null &&
          `${formatNumberOf(list.transactions.length, "transactional id")}, ${formatInteger(open)} open · `}
        {formatNumberOf(list.producers.length, "producer")} of {formatNumberOf(list.partitionsAsked, "partition")}
        {list.partitionsAsked < list.partitionsTotal &&
          `, of ${formatInteger(list.partitionsTotal)}: choose a topic to see the others`}
      </PageFooter>
    </section>
  );
}

type NothingProps = {
  isFiltered: boolean;
  show: "transactions" | "producers";
  untold: string | null;
  onShowProducers: () => void;
};

function Nothing({ isFiltered, show, untold, onShowProducers }: NothingProps) {
  if (isFiltered)
    return (
      <EmptyState icon={<Search />} title="Nothing matches">
        Clear the filter to see all.
      </EmptyState>
    );
  if (show === "transactions" && untold !== null)
    return (
      <EmptyState
        icon={<ArrowLeftRight />}
        title="This cluster tells no transactions"
        actions={<Button onClick={onShowProducers}>Show producers</Button>}
      >
        {untold} What its partitions remember of producers is told.
      </EmptyState>
    );
  return show === "transactions" ? (
    <EmptyState icon={<ArrowLeftRight />} title="Nobody has written in a transaction">
      A producer with a transactional.id appears here with its state, its coordinator and the partitions that it wrote
      to.
    </EmptyState>
  ) : (
    <EmptyState icon={<ArrowLeftRight />} title="No partition remembers a producer">
      Idempotent and transactional producers appear here once they have written.
    </EmptyState>
  );
}
