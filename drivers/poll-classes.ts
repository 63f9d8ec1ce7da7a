/**
 * How often a point is wanted. `alarm` overtakes the ordinary polls of its line. `rare` is for what hardly changes: clocks,
 * settings, what a meter has kept at its settlement days.
 */
export const POLL_CLASSES = ['alarm', 'fast', 'normal', 'slow', 'rare'] as const;

export type PollClass = (typeof POLL_CLASSES)[number];
