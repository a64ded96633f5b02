/** Undoes a registration; does nothing when it is over. */
export type Cancel = () => void;
