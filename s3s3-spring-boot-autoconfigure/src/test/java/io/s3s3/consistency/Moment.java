package io.s3s3.consistency;

import java.util.List;

import io.s3s3.location.LocationRole;

/**
 * How things stood when a call began.
 *
 * @param time when it began
 * @param troubles how often anything had come between by then
 * @param disclosed how many answers of uncertain worth had been disclosed
 * @param requests how many requests had arrived
 * @param well the locations that could be relied on
 */
record Moment(long time, int troubles, int disclosed, int requests, List<LocationRole> well) {

}
