import { useState } from "react";
import { remember, remembered } from "../../remembered.ts";

/** A wall of more lanes than that is calmer, and lighter, when what needs nobody is small. */
const manyLanes = 40;

/** Whether lanes that need nobody are shown without their pictures: a person's choice, otherwise by how many there are. */
export function useSmallClear(lanes: number): { readonly on: boolean; readonly toggle: () => void } {
	const [chosen, setChosen] = useState(() => remembered("wallClear"));
	const on = chosen === null ? lanes > manyLanes : chosen === "small";
	const toggle = () => {
		const next = on ? "pictures" : "small";
		remember("wallClear", next);
		setChosen(next);
	};
	return { on, toggle };
}
