/** The whole page, so that windows, notices and the line that says whether it is live are there as well. */
export async function toggleFullScreen(): Promise<void> {
	if (document.fullscreenElement) await document.exitFullscreen();
	else await document.documentElement.requestFullscreen().catch(() => {}); // some browsers have none
}
