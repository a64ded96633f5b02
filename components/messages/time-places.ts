/** Places to begin reading at that say when: both ends, spans before now, a time. */
export const timePlaces = [
  { value: "newest", label: "Newest" },
  { value: "oldest", label: "Oldest" },
  { value: "5m", label: "Last 5 minutes" },
  { value: "15m", label: "Last 15 minutes" },
  { value: "1h", label: "Last hour" },
  { value: "6h", label: "Last 6 hours" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "today", label: "Today (UTC)" },
  { value: "time", label: "Time" },
] as const;
