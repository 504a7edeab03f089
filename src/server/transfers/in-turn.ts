/** Runs one job after another, in the order in which they were asked for; one that fails ends no other. */
export function inTurn(): <T>(job: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (job) => {
		const next = last.then(job, job);
		last = next.catch(() => {});
		return next;
	};
}
