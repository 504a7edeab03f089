/** `93.4 %`, rounded down: what is not quite certain is never told as 100 %. */
export const percent = (share: number | null): string =>
	share === null ? "—" : `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)} %`;
