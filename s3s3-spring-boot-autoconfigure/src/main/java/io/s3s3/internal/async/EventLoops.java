package io.s3s3.internal.async;

import java.util.Set;
import java.util.stream.Stream;

import io.netty.util.internal.ThreadExecutorMap;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Recognizes threads that must never block: the event loops of Netty and of what is built
 * on it, those of Reactor, and those of the AWS Common Runtime. None of these libraries
 * is required. The SDK's own Netty event loops are plain threads that only Netty can
 * recognize. Stateless.
 */
final class EventLoops {

	private static final Set<String> TYPES = Set.of("io.netty.util.concurrent.FastThreadLocalThread",
			"reactor.core.scheduler.NonBlocking");

	/**
	 * The names of the threads of the AWS Common Runtime, and of our own watchdog.
	 */
	private static final String[] NAMES = { "AwsEventLoop", "s3s3-watchdog" };

	private static final boolean NETTY = ClassUtils.isPresent("io.netty.util.internal.ThreadExecutorMap",
			EventLoops.class.getClassLoader());

	private static final ClassValue<Kind> KNOWN = new ClassValue<>() {

		@Override
		protected Kind computeValue(Class<?> type) {
			if (type.getName().equals("java.lang.VirtualThread")) {
				return Kind.NO_LOOP;
			}
			return isOfEventLoop(type) ? Kind.LOOP : Kind.UNKNOWN;
		}

	};

	private EventLoops() {
	}

	/**
	 * Return whether this thread must not block.
	 */
	static boolean isCurrent() {
		Thread thread = Thread.currentThread();
		return switch (KNOWN.get(thread.getClass())) {
			case LOOP -> true;
			case NO_LOOP -> false;
			case UNKNOWN -> hasNameOfLoop(thread) || (NETTY && Netty.isCurrent());
		};
	}

	private static boolean hasNameOfLoop(Thread thread) {
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

	/**
	 * What is known from the class of a thread.
	 */
	private enum Kind {

		LOOP, NO_LOOP, UNKNOWN

	}

	/**
	 * Loaded only if Netty is present.
	 */
	private static final class Netty {

		static boolean isCurrent() {
			return ThreadExecutorMap.currentExecutor() != null;
		}

	}

}
