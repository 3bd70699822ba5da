package io.s3s3.consistency;

import java.util.concurrent.atomic.AtomicLong;

import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.Rival;
import io.s3s3.internal.http.AttemptScope;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What the HTTP client of a store does with reads that may get a second request
 * elsewhere: all answers are late, and the second one is there first.
 */
final class LateAnswers {

	/** How many second requests were answered. */
	static final AtomicLong SECOND = new AtomicLong();

	/** How many of the answers won. */
	static final AtomicLong WON = new AtomicLong();

	private LateAnswers() {
	}

	static Sight look(SimulatedStore first, S3Request request) {
		Hedge hedge = AttemptScope.current().hedge();
		Rival rival = (hedge != null) ? hedge.rival() : null;
		Sight second = (hedge != null && rival != null) ? second(hedge, rival) : null;
		return (second != null) ? second : first.look(request);
	}

	private static @Nullable Sight second(Hedge hedge, Rival rival) {
		hedge.start(() -> true, () -> true);
		if (hedge.state() != Hedge.State.LOST) {
			return null;
		}
		SimulatedStore other = (SimulatedStore) rival.location().client();
		other.weather().discount();
		try {
			Sight second = other.look(rival.request().get());
			SECOND.incrementAndGet();
			if (!hedge.accepts(second.http())) {
				return null;
			}
			WON.incrementAndGet();
			hedge.win();
			return second;
		}
		catch (S3Exception ex) {
			SECOND.incrementAndGet();
			return null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * An object as a store answers with it.
	 *
	 * @param version the object
	 * @param id its version id, {@code null} if the store has none
	 */
	record Sight(StoredVersion version, @Nullable String id) {

		SdkHttpResponse http() {
			SdkHttpResponse.Builder http = SdkHttpResponse.builder()
				.statusCode(200)
				.putHeader("ETag", version().eTag());
			return ((this.id != null) ? http.putHeader("x-amz-version-id", this.id) : http).build();
		}

	}

}
