package io.s3s3.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a location that is out is found to be well again.
 *
 * @param enabled Whether to probe locations in the background. Without probes, calls try
 * a location again when the hold-down is over.
 * @param type Request that a probe makes.
 * @param key Key of the object that a probe reads or writes.
 * @param timeout Time allowed to a probe.
 * @param interval Time between two probes of a location, give or take a fifth.
 * @param required Number of the last probes that must succeed.
 * @param of Number of the last probes to consider.
 * @param standby Whether to probe the location that is not home while it is up.
 * @since 0.1.0
 */
public record ProbeProperties(@DefaultValue("true") boolean enabled, @DefaultValue("head-bucket") Type type,
		@Nullable String key, @DefaultValue("2s") Duration timeout, @DefaultValue("2s") Duration interval,
		@DefaultValue("2") int required, @DefaultValue("3") int of, @DefaultValue("false") boolean standby) {

	/**
	 * What a probe asks for.
	 */
	public enum Type {

		/**
		 * The head of the bucket.
		 */
		HEAD_BUCKET,

		/**
		 * The head of an object, which need not exist.
		 */
		HEAD_OBJECT,

		/**
		 * The writing of an empty object.
		 */
		PUT_OBJECT

	}

}
