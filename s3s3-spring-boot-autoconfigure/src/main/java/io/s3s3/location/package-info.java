/**
 * Who we can talk to, and is it well: the two S3 locations, their health, and where
 * traffic goes. Start with {@link io.s3s3.location.LocationPair} and
 * {@link io.s3s3.location.TrafficDirector}.
 * <p>
 * Each location is in one state at a time. The director hears of each attempt and of each
 * probe, passes it on to the state, and follows the transitions with the route: <pre>
 * UP ── circuit opens, probes fail ──▶ OUT ── probes or calls succeed ──▶ RECOVERED
 *  ▲                                    ▲ ▲                                   │
 *  │                                    │ └────── circuit, probes ────────────┤
 *  └────────── ramp completed ────── RAMPING ◀── hold-down over, operator ────┘
 * </pre> A location that is not home, or the only one that is well, goes from RECOVERED
 * to UP at once. An operator can take any of them to DRAINED.
 */
@NullMarked
package io.s3s3.location;

import org.jspecify.annotations.NullMarked;
