import { useState } from "react";
import { remember, remembered } from "../../remembered.ts";

/** Tiles or map: a person's choice. */
export function useWallView(): { readonly isMap: boolean; readonly toggle: () => void } {
	const [isMap, setMap] = useState(() => remembered("wallView") === "map");
	const toggle = () => {
		remember("wallView", isMap ? "tiles" : "map");
		setMap(!isMap);
	};
	return { isMap, toggle };
}
