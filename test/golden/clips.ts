/** Recordings of the project's own whose timelines are kept: of fixtures/clips, by name. */
export const goldenClips = ["demo-fire-lane"] as const;

/** Looks were recorded at this pace; the rules are tried at it and at its multiples. */
export const recordedEveryMs = 500;
