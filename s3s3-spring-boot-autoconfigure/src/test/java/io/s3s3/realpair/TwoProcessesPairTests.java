package io.s3s3.realpair;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.s3s3.FailoverS3Client;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What two processes read of each other's writes, whose tokens they give each other,
 * while one of them uses the other site after a short trouble on its way.
 */
@Tag("real-pair")
@ExtendWith(RealPairExtension.class)
class TwoProcessesPairTests {

	private static final int TURNS = Integer.getInteger("s3s3.real-pair.turns", 600);

	private static final int KEYS = 10;

	private final RealPair pair;

	private final Random random = new Random(1);

	private final Map<String, String> values = new HashMap<>();

	private final Map<String, String> tokens = new HashMap<>();

	private final List<String> stale = new ArrayList<>();

	private int opportunities;

	private int refused;

	TwoProcessesPairTests(RealPair pair) {
		this.pair = pair;
	}

	@Test
	void readWhatTheOthersTokenTellsThoughTheyUseDifferentSites() throws IOException {
		TrafficDirector director = new TrafficDirector(HealthSettings.builder()
			.holdDown(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(10))
			.build(), List.of());
		try (FaultProxy proxy = FaultProxy.to(RealPair.EAST);
				S3Client way = RealPair.client(proxy.uri());
				FailoverS3Client client = RealPair.client(this.pair.locationsBehind(way), director);
				OtherProcess other = OtherProcess.start()) {
			TokenCalls own = new TokenCalls(client);
			String prefix = "two/%d/".formatted(System.nanoTime());
			for (int turn = 0; turn < TURNS; turn++) {
				if (turn % 150 == 50) {
					proxy.mode(Mode.REFUSE);
				}
				if (turn % 150 == 60) {
					proxy.mode(Mode.FORWARD);
				}
				String key = prefix + this.random.nextInt(KEYS);
				if (this.random.nextBoolean()) {
					take(key, "own-" + turn, own, other);
				}
				else {
					take(key, "others-" + turn, other, own);
					String value = this.values.get(key);
					this.opportunities += (value == null || own.served(key).equals(value)) ? 0 : 1;
				}
			}
		}
		System.out.println("two processes: %d turns, stale as served %d, refused %d, stale %s".formatted(TURNS,
				this.opportunities, this.refused, this.stale));
		assertThat(this.stale).isEmpty();
		assertThat(this.opportunities).isPositive();
	}

	/**
	 * Have one write a value, and the other one read it.
	 */
	private void take(String key, String value, TokenUser writer, TokenUser reader) throws IOException {
		String token = writer.put(key, value, this.tokens.getOrDefault(key, TokenUser.NONE));
		if (token.equals(TokenUser.FAILED)) {
			// Nobody knows what is there now.
			this.values.remove(key);
			return;
		}
		this.tokens.put(key, token);
		this.values.put(key, value);
		String read = reader.get(key, token);
		if (read.equals(TokenUser.REFUSED) || read.equals(TokenUser.FAILED)) {
			this.refused++;
		}
		else if (!read.equals(value)) {
			this.stale.add(key + " is '" + read + "', not '" + value + "'");
		}
	}

}
