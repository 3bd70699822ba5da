package io.s3s3.internal.async;

import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes threads that must never block, since others wait for them: the event loops
 * of Netty and of what is built on it, those of Reactor, and those of the AWS Common
 * Runtime. None of these libraries need be there. Stateless.
 */
final class EventLoops {

	private static final Set<String> TYPES = Set.of("io.netty.util.concurrent.FastThreadLocalThread",
			"reactor.core.scheduler.NonBlocking");

	/**
	 * The names of those of the AWS Common Runtime, and of what watches over exchanges.
	 */
	private static final String[] NAMES = { "AwsEventLoop", "s3s3-watchdog" };

	private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return isOfEventLoop(type);
		}

	};

	private EventLoops() {
	}

	/**
	 * Return whether this thread must not block.
	 */
	static boolean isCurrent() {
		Thread thread = Thread.currentThread();
		if (KNOWN.get(thread.getClass())) {
			return true;
		}
		for (String name : NAMES) {
			if (thread.getName().startsWith(name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOfEventLoop(@Nullable Class<?> type) {
		return type != null && (TYPES.contains(type.getName()) || isOfEventLoop(type.getSuperclass())
				|| Stream.of(type.getInterfaces()).anyMatch(EventLoops::isOfEventLoop));
	}

}
