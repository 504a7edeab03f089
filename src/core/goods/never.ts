/** An instant before all others. */
export const never = -1;
