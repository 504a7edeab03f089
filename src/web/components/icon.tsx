import type { ReactNode } from "react";

/** Line icons on a 24 grid, drawn for this page. Decoration only: the words stand beside them. */
const drawings = {
	grid: <path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z" />,
	bell: <path d="M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4" />,
	camera: <path d="M3 7h11v10H3zM14 10.500l6-3v9l-6-3" />,
	edge: <path d="M4 5h16v6H4zM4 13h16v6H4zM7.500 8h.01M7.500 16h.01M11 8h6M11 16h6" />,
	sun: (
		<path d="M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400" />
	),
	moon: <path d="M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z" />,
	soundOn: (
		<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11" />
	),
	soundOff: <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM16 9.500l5 5M21 9.500l-5 5" />,
	close: <path d="M6 6l12 12M18 6L6 18" />,
	plus: <path d="M12 5v14M5 12h14" />,
	search: <path d="M10.500 4.500a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5" />,
	check: <path d="M5 12.500l4.500 4.500L19 7.500" />,
	undo: <path d="M8 5L4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-3" />,
	redo: <path d="M16 5l4 4-4 4M20 9H10a5.500 5.500 0 0 0 0 11h3" />,
	trash: <path d="M5 7h14M9.500 7V4.500h5V7M7 7l.8 12.500h8.400L17 7M10.500 11v5M13.500 11v5" />,
	pencil: <path d="M4.500 19.500l1-4.500L16 4.500 19.500 8 9 18.500zM13.500 7l3.500 3.500" />,
	polygon: <path d="M5 6l9-2 6 8-5 8-9-3z" />,
	refresh: <path d="M19.500 12a7.500 7.500 0 1 1-2.200-5.300L19.500 9M19.500 4v5h-5" />,
	back: <path d="M14.500 5l-7 7 7 7" />,
	right: <path d="M9.500 5l7 7-7 7" />,
	out: <path d="M14 4H5v16h9M10 12h10M16.500 8.500L20 12l-3.500 3.500" />,
	copy: <path d="M9 9h11v11H9zM15 9V4H4v11h5" />,
	keyboard: <path d="M3 6.500h18v11H3zM6.500 10h.01M10 10h.01M13.500 10h.01M17 10h.01M8 14h8" />,
	person: <path d="M12 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM5 20c.5-4 3.200-6 7-6s6.500 2 7 6" />,
	chart: <path d="M4 20h16M6.500 17v-5M11 17V6M15.500 17v-8" />,
	clock: <path d="M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 7.500V12l3 2" />,
	warning: <path d="M12 4l9 15.500H3zM12 10v4.500M12 17h.01" />,
	play: <path d="M7 4.500v15l12-7.500z" />,
	pause: <path d="M8 5v14M16 5v14" />,
	full: <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />,
	download: <path d="M12 4v11M7.500 11L12 15.500 16.500 11M5 19.500h14" />,
	globe: (
		<path d="M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM3.500 12h17M12 3.500c3 3 3 14 0 17M12 3.500c-3 3-3 14 0 17" />
	),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
	return (
		<svg className="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
			{drawings[name]}
		</svg>
	);
}
