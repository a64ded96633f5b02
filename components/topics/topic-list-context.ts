"use client";
import { createContext, useContext } from "react";

/** What rows of the topic list ask of the list around them. */
export type TopicListActions = {
  readonly selected: ReadonlySet<string>;
  /** Some facts are still being read. */
  readonly isReading: boolean;
  /** How many of the topics that are shown are selected. */
  readonly shownSelected: "none" | "some" | "all";
  readonly select: (topic: string, isSelected: boolean) => void;
  /** All topics that are shown, or none. */
  readonly selectShown: (isSelected: boolean) => void;
  readonly markFavourite: (topic: string, isFavourite: boolean) => void;
};

export const TopicListContext = createContext<TopicListActions>({
  selected: new Set(),
  isReading: false,
  shownSelected: "none",
  select: () => {},
  selectShown: () => {},
  markFavourite: () => {},
});

/** The list around a row. */
export function useTopicList(): TopicListActions {
  return useContext(TopicListContext);
}
