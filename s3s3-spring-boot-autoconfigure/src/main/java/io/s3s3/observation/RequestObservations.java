package io.s3s3.observation;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestListener;
import io.s3s3.event.RequestSent;
import io.s3s3.event.ResponseReceived;
import io.s3s3.event.S3Call;
import io.s3s3.failure.Failure;
import io.s3s3.observation.FailoverObservationDocumentation.CallEvents;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Observes each call and, as its children, its attempts. Events of a blocking call arrive
 * on the thread that makes it, so that an attempt is the current observation while the
 * client of its location works. Those of an asynchronous call arrive on any thread, whose
 * current observation they leave alone. Thread-safe.
 * <p>
 * No observation is created while only the handler that turns observations into timers
 * listens: {@code s3s3.requests} times the calls already.
 * <p>
 * A call is observed from its first attempt to its completion. If the stream of a
 * download fetches the rest of it after that, those attempts have no call.
 *
 * @since 0.1.0
 */
public final class RequestObservations implements RequestListener {

	private static final Set<Class<? extends RequestEvent>> WANTED = Set.of(RequestSent.class, ErrorReceived.class,
			ResponseReceived.class, RequestFailedOver.class, RequestFailed.class, RequestCompleted.class);

	private static final CallObservationConvention CALL_CONVENTION = new CallObservationConvention() {
	};

	private static final AttemptObservationConvention ATTEMPT_CONVENTION = new AttemptObservationConvention() {
	};

	private final ObservationRegistry registry;

	private final ObservationInterest interest;

	private final @Nullable CallObservationConvention callConvention;

	private final @Nullable AttemptObservationConvention attemptConvention;

	/** Calls in progress; the parts of a download are attempts on other threads. */
	private final Map<S3Call, CurrentCall> calls = new ConcurrentHashMap<>();

	/**
	 * Create observations.
	 * @param registry the registry of the observations
	 * @param callConvention how calls are observed, or {@code null} for the default
	 * @param attemptConvention how attempts are observed, or {@code null} for the default
	 */
	public RequestObservations(ObservationRegistry registry, @Nullable CallObservationConvention callConvention,
			@Nullable AttemptObservationConvention attemptConvention) {
		Assert.notNull(registry, "registry is required");
		this.registry = registry;
		this.interest = new ObservationInterest(registry, callConvention != null || attemptConvention != null);
		this.callConvention = callConvention;
		this.attemptConvention = attemptConvention;
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return WANTED.contains(type) && this.interest.exists();
	}

	@Override
	public void onRequestEvent(RequestEvent event) {
		S3Call call = event.getCall();
		if (event instanceof RequestSent sent) {
			beginAttempt(sent);
		}
		else if (event instanceof ErrorReceived error) {
			endAttempt(call, error.getFailure(), error.getError());
		}
		else if (event instanceof ResponseReceived) {
			endAttempt(call, null, null);
		}
		else {
			tellCall(event);
		}
	}

	private void tellCall(RequestEvent event) {
		CurrentCall current = this.calls.get(event.getCall());
		if (current == null) {
			return;
		}
		if (event instanceof RequestFailedOver) {
			current.observation().event(CallEvents.FAILOVER);
		}
		else if (event instanceof RequestFailed failed) {
			current.observation().error(failed.getError());
		}
		else if (event instanceof RequestCompleted completed) {
			this.calls.remove(event.getCall());
			current.context().complete(completed.getLocation(), completed.getFailure().orElse(null));
			current.close();
		}
	}

	private void beginAttempt(RequestSent sent) {
		CurrentCall call = this.calls.get(sent.getCall());
		if (call == null && sent.getAttempt() == 1) {
			call = beginCall(sent.getCall());
		}
		AttemptObservationContext context = new AttemptObservationContext(sent);
		Observation attempt = FailoverObservationDocumentation.ATTEMPT.observation(this.attemptConvention,
				ATTEMPT_CONVENTION, () -> context, this.registry);
		if (call != null) {
			attempt.parentObservation(call.observation());
		}
		if (attempt.isNoop()) {
			return;
		}
		if (!sent.getCall().asynchronous()) {
			attempt.start().openScope();
		}
		else if (call != null) {
			call.attempt = attempt.start();
		}
	}

	// A predicate of the registry may leave the call out.
	private @Nullable CurrentCall beginCall(S3Call call) {
		CallObservationContext context = new CallObservationContext(call);
		Observation observation = FailoverObservationDocumentation.CALL.observation(this.callConvention,
				CALL_CONVENTION, () -> context, this.registry);
		if (observation.isNoop()) {
			return null;
		}
		observation.start();
		CurrentCall current = new CurrentCall(observation, context,
				call.asynchronous() ? null : observation.openScope());
		this.calls.put(call, current);
		return current;
	}

	/**
	 * End the current attempt of an asynchronous call, or the innermost attempt of the
	 * call on this thread.
	 */
	private void endAttempt(S3Call call, @Nullable Failure failure, @Nullable Throwable error) {
		CurrentCall current = call.asynchronous() ? this.calls.get(call) : null;
		Observation.Scope scope = call.asynchronous() ? null : this.registry.getCurrentObservationScope();
		Observation attempt = (current != null) ? current.takeAttempt()
				: (scope != null) ? scope.getCurrentObservation() : null;
		if (attempt != null && attempt.getContext() instanceof AttemptObservationContext context
				&& context.getCall() == call && (call.asynchronous() || context.beganHere())) {
			context.end(failure);
			if (error != null) {
				attempt.error(error);
			}
			if (scope != null) {
				scope.close();
			}
			attempt.stop();
		}
	}

	/**
	 * A call in progress.
	 */
	private static final class CurrentCall {

		private final Observation observation;

		private final CallObservationContext context;

		/** {@code null} if the call may end on another thread. */
		private final Observation.@Nullable Scope scope;

		/** The current attempt of an asynchronous call. */
		private volatile @Nullable Observation attempt;

		CurrentCall(Observation observation, CallObservationContext context, Observation.@Nullable Scope scope) {
			this.observation = observation;
			this.context = context;
			this.scope = scope;
		}

		Observation observation() {
			return this.observation;
		}

		CallObservationContext context() {
			return this.context;
		}

		@Nullable Observation takeAttempt() {
			Observation taken = this.attempt;
			this.attempt = null;
			return taken;
		}

		void close() {
			if (this.scope != null) {
				this.scope.close();
			}
			this.observation.stop();
		}

	}

}
