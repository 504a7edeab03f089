import { type RefObject, useLayoutEffect, useRef } from "react";

/** What was given with the last picture, for what outlives one: a key pressed at once means what is on the screen. */
export function useNewest<T>(value: T): RefObject<T> {
	const newest = useRef(value);
	// With the picture itself, not after it.
	useLayoutEffect(() => {
		newest.current = value;
	});
	return newest;
}
