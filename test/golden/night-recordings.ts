/** The pace at which the golden nights were recorded and are watched. */
export const nightEveryMs = 1000;

/** The name under which `recorded-detections.ts` finds what the model saw in a night. */
export const nightRecording = (name: string) => `nights/${name}`;
