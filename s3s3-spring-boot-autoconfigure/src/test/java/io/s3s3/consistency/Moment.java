package io.s3s3.consistency;

import java.util.List;
import java.util.Map;

import io.s3s3.location.LocationRole;

/**
 * How things stood when a call began.
 *
 * @param time when it began
 * @param troubles how often anything had come between by then, at each location
 * @param disclosed how many answers of uncertain worth had been disclosed
 * @param requests how many requests had arrived at each location
 * @param well the locations that could be relied on
 * @param out the locations that were taken for out
 */
record Moment(long time, Map<LocationRole, Integer> troubles, int disclosed, Map<LocationRole, Integer> requests,
		List<LocationRole> well, List<LocationRole> out) {

}
