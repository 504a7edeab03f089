/** How an occupancy is called: known from the entry on, also before it is raised. */
export const occupancyIdOf = (zoneId: string, enteredAt: number) => `${zoneId}.${enteredAt.toString(36)}`;
