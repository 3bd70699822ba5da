package io.s3s3.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;
import io.s3s3.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What is observed of calls and of their attempts.
 *
 * @since 0.1.0
 */
public enum FailoverObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call, all its attempts together.
	 */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return CallObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return Keys.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return CallEvents.values();
		}

	},

	/**
	 * An attempt of a call at a location: the child of the call, and current while the
	 * client of the location works.
	 */
	ATTEMPT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return AttemptObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return Keys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return AttemptDetailKeys.values();
		}

	};

	/**
	 * Low-cardinality keys of calls and attempts.
	 */
	enum Keys implements KeyName {

		/**
		 * Name of the operation, such as {@code PutObject}.
		 */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		},

		/**
		 * The location that was tried; of a call, the last one.
		 */
		LOCATION {

			@Override
			public String asString() {
				return "location";
			}

		},

		/**
		 * The kind of failure, or {@code success}.
		 */
		RESULT {

			@Override
			public String asString() {
				return "result";
			}

		};

		/** The value of what is known at the end only. */
		static final String NOT_YET = "none";

		static String resultOf(@Nullable Failure failure) {
			return (failure != null) ? failure.kind().tag() : "success";
		}

	}

	/**
	 * What may happen to a call.
	 */
	enum CallEvents implements Observation.Event {

		/**
		 * The call moves on to the other location.
		 */
		FAILOVER {

			@Override
			public String getName() {
				return "failover";
			}

		}

	}

	/**
	 * High-cardinality keys of an attempt.
	 */
	enum AttemptDetailKeys implements KeyName {

		/**
		 * Number of the attempt within the call, from 1.
		 */
		ATTEMPT {

			@Override
			public String asString() {
				return "attempt";
			}

		}

	}

}
