/** The option of ONVIF's Streaming Specification 5.3 by which a camera is asked for its loudspeaker. */
export const backChannelOption = "www.onvif.org/ver20/backchannel";
