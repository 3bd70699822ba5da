package io.s3s3.observation;

import java.lang.reflect.Method;
import java.util.Collection;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationHandler.CompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationRegistry.ObservationConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Tells whether anything but the handler that turns observations into timers listens to a
 * registry: calls are timed without observations. Micrometer does not expose its
 * handlers, so this looks behind its API; if it cannot, it assumes that something
 * listens. Handlers may be added at any time. Thread-safe.
 */
final class ObservationInterest {

	private static final Logger logger = LoggerFactory.getLogger(ObservationInterest.class);

	private static final boolean METERS = ClassUtils.isPresent(
			"io.micrometer.core.instrument.observation.DefaultMeterObservationHandler",
			ObservationInterest.class.getClassLoader());

	private static final @Nullable Method HANDLERS = find("getObservationHandlers");

	private static final @Nullable Method CONVENTIONS = find("getObservationConventions");

	private final ObservationRegistry registry;

	/** Whether the application names the observations and so wants their timers. */
	private final boolean named;

	/** How many handlers there were when none was wanted: none is ever taken away. */
	private volatile int unwanted;

	ObservationInterest(ObservationRegistry registry, boolean named) {
		this.registry = registry;
		this.named = named;
	}

	boolean exists() {
		if (this.registry.isNoop()) {
			return false;
		}
		Collection<?> handlers = read(HANDLERS);
		Collection<?> conventions = read(CONVENTIONS);
		return this.named || handlers == null || conventions == null || !conventions.isEmpty() || anyWanted(handlers);
	}

	/**
	 * Look through the handlers only when there are more than before: this is asked
	 * several times a call.
	 */
	private boolean anyWanted(Collection<?> handlers) {
		int count = handlers.size();
		if (count == this.unwanted) {
			return false;
		}
		boolean wanted = wanted(handlers);
		if (!wanted) {
			this.unwanted = count;
		}
		return wanted;
	}

	private static boolean wanted(Collection<?> handlers) {
		for (Object handler : handlers) {
			if ((handler instanceof CompositeObservationHandler composite) ? wanted(composite.getHandlers())
					: !isOfMeters(handler)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOfMeters(Object handler) {
		return METERS && handler.getClass() == DefaultMeterObservationHandler.class;
	}

	private @Nullable Collection<?> read(@Nullable Method method) {
		return (method != null)
				? (Collection<?>) ReflectionUtils.invokeMethod(method, this.registry.observationConfig()) : null;
	}

	private static @Nullable Method find(String name) {
		try {
			Method method = ObservationConfig.class.getDeclaredMethod(name);
			method.setAccessible(true);
			return Collection.class.isAssignableFrom(method.getReturnType()) ? method : null;
		}
		catch (NoSuchMethodException | RuntimeException ex) {
			logger.debug("Every call is observed, since it is not known whether anything listens", ex);
			return null;
		}
	}

}
