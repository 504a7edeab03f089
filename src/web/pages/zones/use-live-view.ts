import { useEffect, useState } from "react";
import type { LiveOverlay } from "#contract/live-api.ts";
import { loadLive } from "../../api/keepclear-api.ts";
import { serverNow } from "../../time/clock.ts";

const askEveryMs = 1_000;

export interface LiveView {
	/** Null: none has come yet. */
	readonly overlay: LiveOverlay | null;
	/** A data URL, of the same look. */
	readonly picture: string | null;
	/** By the server's clock. */
	readonly cameAt: number;
}

/** What the worker sees, once a second, as long as it is shown; the edge sends it only meanwhile. */
export function useLiveView(cameraId: string, shown: boolean): LiveView | null {
	const [view, setView] = useState<LiveView | null>(null);
	useEffect(() => {
		setView(null);
		if (!shown) return;
		const given = new AbortController();
		let after: number | null = null;
		let timer: ReturnType<typeof setTimeout> | undefined;
		setView({ overlay: null, picture: null, cameAt: serverNow() });
		const ask = async () => {
			try {
				// A page that nobody sees must not keep an edge busy.
				if (document.visibilityState === "visible") {
					const { overlay, picture } = await loadLive(cameraId, after, given.signal);
					if (overlay && !given.signal.aborted) {
						after = overlay.at;
						setView({ overlay, picture, cameAt: serverNow() });
					}
				}
			} catch {
				// The page's own line tells that the server is away; that nothing new comes is told by the view's age.
			}
			if (!given.signal.aborted) timer = setTimeout(() => void ask(), askEveryMs);
		};
		void ask();
		return () => {
			given.abort();
			clearTimeout(timer);
		};
	}, [cameraId, shown]);
	return view;
}
